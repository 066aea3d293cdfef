"""How does a value become a YAML file, and a file a value? The only place that knows YAML.

`reading` is strict, `tickets` and `customers` give the values their types, `writing` makes new
files, and `splicing` changes existing ones so that every other byte stays as it was.
"""
