"""What make calls; docs/adr/0002-tools-folder.md says why it is not in `training/`."""
