"""What SyncWatch needs, part by part: there, or wrong and how to mend it."""
