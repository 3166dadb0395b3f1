"""An outcome playbook: records of outcomes, metrics, hypotheses and experiments as a site."""

__version__ = "0.1.0"
