import { type Db, type Freshness, openDb } from "./db/client";
import type { CampaignDialer } from "./dialing/dialer";
import { type Env, type Settings, settingsOf } from "./env";
import type { AccountFeed } from "./live/feed";
import { assistantsFor } from "./outside/assistant";
import type { Assistants } from "./outside/assistant/assistant";
import { carrierFor } from "./outside/carrier";
import type { Carrier } from "./outside/carrier/carrier";
import { mailerFor } from "./outside/mail";
import type { Mailer } from "./outside/mail/mailer";
import { paymentsFor } from "./outside/payments";
import type { Payments } from "./outside/payments/payments";
import type { SignalingRoom } from "./signaling/room";
import type { WebhookCourier } from "./webhooks/courier";

/** What any verb may touch, whoever is at the door. */
export interface House {
	readonly settings: Settings;
	readonly db: Db;
	readonly assistants: Assistants;
	readonly carrier: Carrier;
	readonly mailer: Mailer;
	readonly payments: Payments;
	readonly audio: R2Bucket;
	/** Unix milliseconds. */
	now(): number;
	/** Goes on after the answer has left. Only for what a completer would also do. */
	defer(work: Promise<unknown>): void;
	dialerOf(campaignId: string): DurableObjectStub<CampaignDialer>;
	feedOf(accountId: string): DurableObjectStub<AccountFeed>;
	courierOf(accountId: string): DurableObjectStub<WebhookCourier>;
	/** The room in which the devices of a call identity ring. */
	roomOf(identity: string): DurableObjectStub<SignalingRoom>;
}

/** What a verb may touch on behalf of somebody who is signed in. */
export interface Scope extends House {
	/** The tenant. Equal to its owner's user id. */
	readonly accountId: string;
	readonly userId: string;
	readonly role: "owner" | "member";
	/** The signed-in device; null when an API key is at the door. */
	readonly sessionId: string | null;
	/** The API key at the door; absent for a signed-in device. */
	readonly apiKeyId?: string;
	/** Who is really at the door when somebody acts for another: an owner for a member, an administrator for anybody. */
	readonly actorId?: string;
	/** Where the request comes from, for the audit log. */
	readonly device?: { ip: string; userAgent: string };
}

export interface Opening {
	freshness: Freshness;
	bookmark?: string | undefined;
	defer: (work: Promise<unknown>) => void;
}

type Neighbours = Pick<House, "settings" | "assistants" | "carrier" | "payments">;

const neighbours = new WeakMap<Env, Neighbours>();

/** What is the same for every request of an isolate. None of it keeps anything of a request: objects are asked for when they are used. */
function neighboursOf(env: Env): Neighbours {
	const known = neighbours.get(env);
	if (known) return known;
	const settings = settingsOf(env);
	const opened = {
		settings,
		assistants: assistantsFor(settings),
		carrier: carrierFor(env, settings),
		payments: paymentsFor(settings),
	};
	neighbours.set(env, opened);
	return opened;
}

/** Opens the house for one request, webhook, cron tick or alarm. */
export function openHouse(env: Env, { freshness, bookmark, defer }: Opening): House {
	const standing = neighboursOf(env);
	const db = openDb(env.DB, freshness, bookmark);
	return {
		...standing,
		db,
		mailer: mailerFor(env, standing.settings, db),
		audio: env.AUDIO,
		now: Date.now,
		defer,
		dialerOf: (campaignId) => env.CAMPAIGN_DIALER.getByName(campaignId),
		feedOf: (accountId) => env.ACCOUNT_FEED.getByName(accountId),
		courierOf: (accountId) => env.WEBHOOK_COURIER.getByName(accountId),
		roomOf: (identity) => env.SIGNALING_ROOM.getByName(identity),
	};
}
