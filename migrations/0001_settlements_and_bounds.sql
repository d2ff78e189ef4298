ALTER TABLE `instruments` ADD `description` text;--> statement-breakpoint
ALTER TABLE `instruments` ADD `min_price` real;--> statement-breakpoint
ALTER TABLE `instruments` ADD `max_price` real;--> statement-breakpoint
ALTER TABLE `positions` ADD `settled_qty` integer;--> statement-breakpoint
ALTER TABLE `positions` ADD `settlement` real;--> statement-breakpoint
ALTER TABLE `positions` ADD `payout` real;--> statement-breakpoint
ALTER TABLE `positions` ADD `pnl` real;