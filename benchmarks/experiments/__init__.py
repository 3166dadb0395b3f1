"""Small measurements behind the experiments that this playbook records about itself."""
