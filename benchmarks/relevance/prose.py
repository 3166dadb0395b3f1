"""Words that look like a team's own: English or German by turns, with names that nobody knows."""

from __future__ import annotations

import random
from itertools import accumulate, product
from typing import Final

from benchmarks.synthetic import Words

# Texts, as lists would be as long as the file is now.
# ruff: noqa: SIM905

_NOUNS: Final = """
    reminder letter email message checkout payment invoice refund customer visitor patient student
    teacher driver parcel delivery address button form field question answer survey account password
    login signup trial subscription price discount coupon voucher basket order complaint
    ticket queue phone call appointment booking calendar waiting list page banner headline picture
    video tutorial checklist onboarding welcome notification digest newsletter summary report chart
    table filter search result ranking recommendation review rating comment photo profile map route
    shop shelf label receipt loyalty card bonus reward badge deadline default choice option consent
    privacy language translation font contrast keyboard mobile tablet screen loading speed error
    warning help chat agent script training manager team meeting workshop interview diary prototype
    pilot region branch village school clinic library museum station platform warehouse supplier
    contract renewal upgrade donation volunteer pension savings loan mortgage insurance claim meter
    energy heating water waste recycling bicycle parking ferry harbour bakery orchard allergy
    vaccine dentist pharmacy prescription recipe kitchen menu portion napkin playground swimmer
""".split()
_OTHERS: Final = """
    shorter longer earlier later clearer plainer warmer friendlier personal printed digital optional
    required weekly monthly yearly local national rural urban crowded quiet expensive cheap broken
    forgotten repeated delayed missing duplicate hidden visible honest
    shows brings raises lowers shortens doubles halves removes replaces invites explains confirms
    compares predicts measures splits merges moves delays repeats withdraws returns answers opens
    reads writes sends receives counts forgets notices chooses skips abandons finishes joins leaves
""".split()
_GERMAN: Final = """
    Erinnerung Nachricht Anschreiben Bezahlung Gutschein Besucher Patientin Schüler Lehrkraft
    Fahrerin Päckchen Lieferung Anschrift Knopf Formular Feld Frage Antwort Umfrage Konto Kennwort
    Anmeldung Probezeit Preis Nachlass Warenkorb Bestellung Kündigung Beschwerde Warteschlange Anruf
    Termin Kalender Warteliste Seite Überschrift Bild Anleitung Begrüßung Benachrichtigung
    Zusammenfassung Bericht Tabelle Suche Ergebnis Empfehlung Bewertung Straße Karte Strecke Laden
    Etikett Quittung Treuekarte Belohnung Frist Voreinstellung Auswahl Einwilligung Sprache
    Übersetzung Schriftgröße Tastatur Bildschirm Ladezeit Fehlermeldung Hilfe Gespräch Schulung
    Besprechung Tagebuch Prototyp Pilotversuch Gegend Filiale Gemeinde Schule Klinik Bücherei
    Bahnhof Lager Vertrag Verlängerung Spende Ehrenamt Rente Ersparnis Darlehen Versicherung Zähler
    Heizung Müllabfuhr Fahrrad Parkplatz Fähre Hafen Bäckerei Obstgarten Impfung Zahnärztin Apotheke
    Rezept Küche Speisekarte Spielplatz Schwimmbad Gebühr Größe Prüfung Rückgabe Gespräche Märkte
    kürzer länger früher später deutlicher wärmer freundlicher persönlich gedruckt freiwillig
    wöchentlich monatlich jährlich örtlich ländlich überfüllt ruhig günstig kaputt vergessen
    wiederholt verspätet fehlend doppelt sichtbar ehrlich
    zeigt bringt erhöht senkt verkürzt verdoppelt halbiert entfernt ersetzt erklärt bestätigt
    vergleicht misst trennt verschiebt wiederholt beantwortet öffnet liest schreibt verschickt
    empfängt zählt vergisst bemerkt wählt überspringt beendet verlässt
""".split()
_FIRST_PARTS: Final = """
    Kunden Liefer Zahlungs Termin Schul Impf Miet Strom Wasser Fahr Renten Spenden Prüfungs
    Rückgabe Bücher Garten Straßen Bäder Küchen Zähler Vertrags Bürger Vereins Gäste Päckchen
""".split()
_LAST_PARTS: Final = """
    formular erinnerung hinweis brief karte liste gebühr prüfung übersicht beratung auskunft
    änderung größe gruppe schlüssel büro tabelle kürzung meldung zählung
""".split()
_COMMON: Final = {
    "en": "the of to and a in for that is with when than by from at after who they it".split(),
    "de": "die der und zu in den von mit das auf für wenn als nach vor wer sie es ein im".split(),
}
_COMMON_SHARE: Final = 0.35
_NAME_SHARE: Final = 0.06
_PLURALS: Final = 3
"""Each third of the English nouns is written in the plural as well."""


class Prose(Words):
    """Words as a text has them: few of them often, most seldom; each record its language."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        compounds = [first + last for first, last in product(_FIRST_PARTS, _LAST_PARTS)]
        plurals = [in_other_number(word) for word in _NOUNS[::_PLURALS]]
        self._vocabulary = {
            "en": [*_NOUNS, *_OTHERS, *plurals],
            "de": [*_GERMAN, *compounds],
        }
        self._shares = {}
        for language, vocabulary in self._vocabulary.items():
            self._random.shuffle(vocabulary)
            # Flatter than letters are drawn: the common words are drawn beside these.
            self._shares[language] = list(
                accumulate(1 / (rank + 20) for rank in range(len(vocabulary)))
            )
        self.language = "en"

    def begin(self) -> None:
        """Begin a record: two of three are English."""
        self.language = self._random.choice(("en", "en", "de"))

    def some(self, count: int) -> str:
        """So many words in a row."""
        return " ".join(self._word(common=_COMMON_SHARE) for _ in range(count))

    def _word(self, common: float) -> str:
        drawn = self._random.random()
        if drawn < common:
            return self._random.choice(_COMMON[self.language])
        if drawn < common + _NAME_SHARE:  # of a product, a place: known to those who were there
            return super().some(1).capitalize()
        return self._random.choices(
            self._vocabulary[self.language], cum_weights=self._shares[self.language]
        )[0]

    def sentence(self, count: int) -> str:
        """So many words, with a capital and a full stop."""
        text = self.some(count)
        return f"{text[0].upper()}{text[1:]}."


_PLAIN: Final = {ord(c): plain for c, plain in zip("äöüÄÖÜß", [*"aouAOU", "ss"], strict=True)}


def misspelt(word: str, draw: random.Random) -> str:
    """Return a word with one typing error: two letters swapped, one left out, doubled or another.

    The first letter stays, as it nearly always does.
    """
    place = draw.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return draw.choice(
        [
            f"{before}{after}",
            f"{before}{letter}{letter}{after}",
            f"{before}{after[0]}{letter}{after[1:]}",
            f"{before}{draw.choice('aeinrst')}{after}",
        ]
    )


def without_accents(word: str) -> str:
    """Return a German word as it is typed without umlauts."""
    return word.translate(_PLAIN)


def in_other_number(word: str) -> str:
    """Return an English word in the plural, or in the singular where it stands in the plural."""
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


NOUNS: Final = frozenset(_NOUNS)
COMMON: Final = frozenset(word for words in _COMMON.values() for word in words)
