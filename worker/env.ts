import * as z from "zod";
import type { CampaignDialer } from "./dialing/dialer";
import type { Throttle } from "./identity/throttle";
import type { AccountFeed } from "./live/feed";
import type { SimulatedExchange } from "./outside/carrier/simulated/exchange";
import type { SignalingRoom } from "./signaling/room";
import type { WebhookCourier } from "./webhooks/courier";

/** What the platform hands the Worker: bindings, and settings still unread. */
export interface Env {
	DB: D1Database;
	AUDIO: R2Bucket;
	/** Outgoing mail; absent on a machine that sends none. */
	EMAIL?: SendEmail;
	ACCOUNT_FEED: DurableObjectNamespace<AccountFeed>;
	ASSETS: Fetcher;
	CAMPAIGN_DIALER: DurableObjectNamespace<CampaignDialer>;
	SIMULATED_EXCHANGE: DurableObjectNamespace<SimulatedExchange>;
	SIGNALING_ROOM: DurableObjectNamespace<SignalingRoom>;
	THROTTLE: DurableObjectNamespace<Throttle>;
	WEBHOOK_COURIER: DurableObjectNamespace<WebhookCourier>;
}

const base64Key = z.string().refine((text) => base64Length(text) >= 32, "must be base64 of at least 32 bytes");
const secret = z.string().min(32, "must be at least 32 bytes");
const number = (fallback: number, least: number, most: number) =>
	z.coerce.number().min(least).max(most).default(fallback);
const optional = z
	.string()
	.optional()
	.transform((text) => text || undefined);

const Settings = z
	.object({
		ENVIRONMENT: z.enum(["development", "test", "production"]).default("production"),
		PUBLIC_BASE_URL: z.url(),
		JWT_SECRET: secret,
		MEDIA_SECRET: secret,
		ENCRYPTION_KEYS: z
			.string()
			.transform((text, context) => {
				try {
					return JSON.parse(text) as unknown;
				} catch {
					context.addIssue({ code: "custom", message: "must be JSON" });
					return z.NEVER;
				}
			})
			.pipe(
				z
					.record(z.string().regex(/^\d+$/), base64Key)
					.refine((keys) => Object.keys(keys).length > 0, "must hold a key"),
			),
		ADMIN_EMAILS: z
			.string()
			.default("")
			.transform((list) =>
				list
					.split(",")
					.map((email) => email.trim().toLowerCase())
					.filter(Boolean),
			),
		TWILIO_ACCOUNT_SID: optional,
		TWILIO_AUTH_TOKEN: optional,
		TWILIO_AUTH_TOKEN_PREVIOUS: optional,
		TWILIO_API_KEY_SID: optional,
		TWILIO_API_KEY_SECRET: optional,
		TWILIO_TWIML_APP_SID: optional,
		TWILIO_API_BASE_URL: z.url().default("https://api.twilio.com"),
		CALLS_PER_SECOND: number(1, 0.01, 10_000),
		MAX_CONCURRENT_CALLS: number(10, 1, 100_000),
		COMPLETER_AGE_SECONDS: number(300, 1, 86_400),
		RATE_LIMIT_SCALE: number(1, 0.001, 1_000_000),
		SIMULATION_SPEED: number(1, 0.01, 10_000),
		GOOGLE_CLIENT_ID: optional,
		GOOGLE_CLIENT_SECRET: optional,
		GOOGLE_ISSUER_URL: z.url().default("https://accounts.google.com"),
		VAPI_API_KEY: optional,
		VAPI_WEBHOOK_SECRET: optional,
		VAPI_API_BASE_URL: z.url().default("https://api.vapi.ai"),
		/** Customers' webhooks may go to this machine: for trying them out, never in production. */
		ALLOW_LOOPBACK_WEBHOOKS: z
			.enum(["true", "false", ""])
			.default("")
			.transform((text) => text === "true"),
		STRIPE_SECRET_KEY: optional,
		STRIPE_WEBHOOK_SECRET: optional,
		STRIPE_API_BASE_URL: z.url().default("https://api.stripe.com"),
		MAIL_FROM: optional,
		TURN_KEY_ID: optional,
		TURN_KEY_API_TOKEN: optional,
		STUN_URLS: z
			.string()
			.default("stun:stun.cloudflare.com:3478")
			.transform((list) =>
				list
					.split(",")
					.map((url) => url.trim())
					.filter(Boolean),
			)
			.pipe(z.array(z.string().regex(/^stuns?:/, "must be stun: addresses, separated by commas"))),
	})
	.superRefine((settings, context) => {
		if (
			settings.VAPI_API_KEY &&
			(settings.VAPI_WEBHOOK_SECRET ?? "").split(",").some((each) => each.trim().length < 16)
		)
			context.addIssue({ code: "custom", path: ["VAPI_WEBHOOK_SECRET"], message: "must be at least 16 characters" });
		if (settings.ENVIRONMENT !== "production") return;
		const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		if (settings.ALLOW_LOOPBACK_WEBHOOKS) refuse("ALLOW_LOOPBACK_WEBHOOKS", "must not be set in production");
		if (settings.RATE_LIMIT_SCALE !== 1) refuse("RATE_LIMIT_SCALE", "must be 1 in production");
		for (const name of [
			"PUBLIC_BASE_URL",
			"TWILIO_API_BASE_URL",
			"STRIPE_API_BASE_URL",
			"GOOGLE_ISSUER_URL",
			"VAPI_API_BASE_URL",
		] as const)
			if (!settings[name].startsWith("https://")) refuse(name, "must be an https address in production");
	});

export type Settings = z.output<typeof Settings> & { carrier: "twilio" | "simulated"; payments: "real" | "simulated" };

/** A setting that is missing or unusable. Its message names the settings and never repeats their values. */
export class BadSettings extends Error {
	override readonly name = "BadSettings";
}

const parsed = new WeakMap<object, Settings>();

/** The settings, checked once per isolate. Throws {@link BadSettings} with one line per setting that is wrong. */
export function settingsOf(env: object): Settings {
	const known = parsed.get(env);
	if (known) return known;
	const result = Settings.safeParse(env);
	if (!result.success)
		throw new BadSettings(result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
	const carrier = result.data.TWILIO_ACCOUNT_SID && result.data.TWILIO_AUTH_TOKEN ? "twilio" : "simulated";
	const payments = result.data.STRIPE_SECRET_KEY ? "real" : "simulated";
	const settings: Settings = { ...result.data, carrier, payments };
	parsed.set(env, settings);
	return settings;
}

function base64Length(text: string): number {
	try {
		return atob(text).length;
	} catch {
		return 0;
	}
}
