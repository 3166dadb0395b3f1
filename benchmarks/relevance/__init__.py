"""How well records are found: questions with their answers, put to our engine and to Material's."""
