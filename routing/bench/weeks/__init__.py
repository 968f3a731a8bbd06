"""What is written of each work item is purged as fast as it comes."""
