CREATE TABLE `session_debrief` (
	`session_id` text NOT NULL,
	`part` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`session_id`, `part`)
);
--> statement-breakpoint
CREATE TABLE `session_keys` (
	`session_id` text NOT NULL,
	`hash` text NOT NULL,
	`role` text NOT NULL,
	`user_id` integer,
	PRIMARY KEY(`session_id`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `session_log` (
	`session_id` text NOT NULL,
	`n` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`session_id`, `n`)
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `log_hash` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `names` text DEFAULT 'shown' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `round_count` integer DEFAULT 0 NOT NULL;