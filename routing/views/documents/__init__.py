"""Pages that take the configuration to another organisation, and bring it from one."""
