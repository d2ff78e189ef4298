CREATE TABLE `events` (
	`session_id` text NOT NULL,
	`seq` integer NOT NULL,
	`ts` integer,
	`user_id` integer,
	`name` text,
	`op` text,
	`detail` text,
	PRIMARY KEY(`session_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `instruments` (
	`session_id` text NOT NULL,
	`inst` integer NOT NULL,
	`symbol` text,
	`type` text,
	`reference` text,
	`strike` real,
	`tick_size` real,
	`lot_size` integer,
	`tick_value` real,
	`settlement` real,
	PRIMARY KEY(`session_id`, `inst`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`session_id` text NOT NULL,
	`order_id` integer NOT NULL,
	`cid` text,
	`ts` integer,
	`updated_ts` integer,
	`user_id` integer,
	`name` text,
	`inst` integer,
	`symbol` text,
	`side` text,
	`type` text,
	`tif` text,
	`post_only` integer NOT NULL,
	`price` real,
	`qty` integer,
	`filled` integer,
	`status` text,
	PRIMARY KEY(`session_id`, `order_id`)
);
--> statement-breakpoint
CREATE TABLE `participants` (
	`session_id` text NOT NULL,
	`user_id` integer NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`session_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `pnl` (
	`session_id` text NOT NULL,
	`rank` integer,
	`user_id` integer NOT NULL,
	`name` text,
	`pnl` real,
	`realized` real,
	`unrealized` real,
	`volume` integer,
	`trades` integer,
	`maker_qty` integer,
	`taker_qty` integer,
	`max_abs_position` integer,
	PRIMARY KEY(`session_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `positions` (
	`session_id` text NOT NULL,
	`user_id` integer NOT NULL,
	`name` text,
	`inst` integer NOT NULL,
	`symbol` text,
	`qty` integer,
	`vwap` real,
	`mark` real,
	`realized_pnl` real,
	`unrealized_pnl` real,
	PRIMARY KEY(`session_id`, `user_id`, `inst`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`session_id` text PRIMARY KEY NOT NULL,
	`room` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer NOT NULL,
	`trader_count` integer NOT NULL,
	`trade_count` integer NOT NULL,
	`format_version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `trades` (
	`session_id` text NOT NULL,
	`trade_id` integer NOT NULL,
	`ts` integer,
	`seq` integer,
	`inst` integer,
	`symbol` text,
	`price` real,
	`qty` integer,
	`aggressor` text,
	`buyer_id` integer,
	`buyer` text,
	`seller_id` integer,
	`seller` text,
	`buy_order_id` integer,
	`sell_order_id` integer,
	PRIMARY KEY(`session_id`, `trade_id`)
);
