"""The benchmarks: every figure beside floors measured in the same run (`make bench`)."""
