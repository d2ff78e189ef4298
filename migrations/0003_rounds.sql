CREATE TABLE `hands` (
	`session_id` text NOT NULL,
	`round` integer NOT NULL,
	`user_id` integer,
	`name` text,
	`card` integer NOT NULL,
	`label` text,
	`value` real,
	`place` text NOT NULL,
	PRIMARY KEY(`session_id`, `round`, `place`, `card`)
);
--> statement-breakpoint
CREATE TABLE `rounds` (
	`session_id` text NOT NULL,
	`round` integer NOT NULL,
	`format` text,
	`params` text,
	`seed` text,
	`commit` text,
	`started_ts` integer,
	`ended_ts` integer,
	`state` text,
	PRIMARY KEY(`session_id`, `round`)
);
--> statement-breakpoint
CREATE TABLE `scores` (
	`session_id` text NOT NULL,
	`round` integer NOT NULL,
	`user_id` integer NOT NULL,
	`name` text,
	`pnl` real,
	`edge` real,
	`information` real,
	`luck` real,
	`own` real,
	`bonus` real,
	`penalty` real,
	`score` real,
	`rank` integer,
	PRIMARY KEY(`session_id`, `round`, `user_id`)
);
--> statement-breakpoint
ALTER TABLE `instruments` ADD `round` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `round` integer;--> statement-breakpoint
ALTER TABLE `positions` ADD `round` integer;--> statement-breakpoint
ALTER TABLE `trades` ADD `round` integer;