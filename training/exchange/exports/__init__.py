"""Lists that go out as files: at once while they are short, made in the background when they are long."""
