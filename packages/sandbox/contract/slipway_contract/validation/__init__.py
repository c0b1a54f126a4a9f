"""Recorded calls held against AWS's own service models, as botocore carries them."""
