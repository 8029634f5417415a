"""Operations: what runs behind the screens, for those who run LERS: queues, jobs, workers, the state of each part."""
