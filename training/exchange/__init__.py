"""Exchange: lists that come in from files, checked row by row, and lists that go out as files."""
