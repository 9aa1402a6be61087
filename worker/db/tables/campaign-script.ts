/** Per result of a call: how often and how soon it is tried again, where that differs from the campaign's own. */
export type RetryRules = Partial<
	Record<"busy" | "no_answer" | "failed" | "machine", { maxAttempts: number; delaySeconds: number }>
>;

/** Something to hear: a file of the account's, a text to be said, or both in this order. */
export interface Heard {
	greetingFileId?: string | undefined;
	text?: string | undefined;
}

/** What a key does. `prompt` is how it is offered: "To be called back, press 2." */
export type KeyAction = { prompt?: string | undefined } & (
	| ({ do: "play" } & Heard)
	| { do: "callback" }
	| { do: "record"; maxSeconds: number }
	| { do: "sms"; text: string }
);

/** A telephone behind a SIP provider, a voice assistant, a queue, or the browsers of people of the account, all at once. */
export type TransferRoute =
	| { to: "sip"; sipProviderId: string; user?: string | undefined }
	| { to: "assistant"; assistantId: string }
	| { to: "queue"; queueId: string }
	| { to: "agents"; userIds: string[] };

/** What is heard in a call and what keys do, beyond the greeting file, 1 (to be connected) and 9 (never again). */
export interface CampaignScript {
	/** Said after the greeting file, or instead of one; {{firstName}} and the like are filled in. */
	greetingText?: string | undefined;
	/** BCP 47, for whatever is said. */
	language?: string | undefined;
	/** `detection`: whether the carrier listens before it asks us what to do, or while the greeting plays. */
	machines?: ({ do: "hang_up" | "greet" | "voicemail"; detection: "before" | "meanwhile" } & Heard) | undefined;
	keys?: Record<string, KeyAction> | undefined;
	/** How often the prompt is heard in all. */
	noInput?: { times: number } | undefined;
	wrongInput?: { times: number; text?: string | undefined } | undefined;
	/** Heard by whoever wanted to be connected and could not be. */
	abandoned?: Heard | undefined;
	/** Who takes the call of a 1, where that is no transfer number. */
	transfer?: TransferRoute | undefined;
	/** Another greeting for `share` per cent of the people. */
	test?: ({ share: number } & Heard) | undefined;
}
