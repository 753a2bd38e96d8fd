"""What only `make torture` runs; everywhere else these files are not looked at."""


def pytest_ignore_collect(collection_path, config):
    return None if config.getoption("--full") else True
