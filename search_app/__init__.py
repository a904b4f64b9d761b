"""The part of Protokollsök that people and programs ask: command line now, web pages next."""
