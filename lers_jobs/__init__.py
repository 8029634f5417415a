"""What happens after a commit: relay, worker, scheduler. Stands on `lers_web` and never imports the web framework."""
