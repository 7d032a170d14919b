"""Starts the processes of a site, keeps them running and stops them: what `./run` and `fazhi serve` do.

`Supervisor` watches over the web server (`fazhi web`), the worker (`fazhi worker`) and the embedded database. None of
the three needs the supervisor to be honest: a process whose supervisor was killed ends by itself, and the last one to
end stops the database.
"""
