import type { FaultCode } from "../errors";
import { STATUS } from "../http/answer";
import type { Json } from "./document";

/** What each code means to whoever gets it, and a sentence as it may come. */
const CODES: Record<FaultCode, [meaning: string, example: string]> = {
	malformed: ["The body is not JSON, or a header cannot be read.", "Malformed JSON in request body"],
	invalid_input: [
		"Some inputs are wrong: the details give path and message of each.",
		"phoneNumber: is not a valid phone number",
	],
	signed_out: ["No token, or one that has ended.", "Sign in first"],
	bad_credentials: ["The e-mail or the password is wrong.", "The e-mail address or the password is wrong."],
	code_required: ["The account has a second factor: send its code as well.", "Enter the code of your authenticator."],
	out_of_credit: [
		"The wallet does not cover it. Nothing happened.",
		"The balance does not cover this. Top up the wallet.",
	],
	not_allowed: ["Not with this role, or not with this key's scopes.", "Only the owner of the account may do this"],
	bad_signature: ["The request is not signed by whom it says.", "The signature does not fit this request"],
	not_found: ["Not there, or somebody else's: the two look alike.", "Contact not found"],
	conflict: ["What is there now does not allow it.", "This clashes with something that exists already."],
	already_exists: ["There is one of these already.", "There is one of these already."],
	in_progress: [
		"The first request with this Idempotency-Key is still under way.",
		"The first request with this key is still under way.",
	],
	price_changed: ["It costs something else by now. Look, and ask again.", "The price has changed. Search again."],
	not_ready: ["Something is missing first; the details say what.", "The campaign is not ready to start."],
	opted_out: ["This person has said stop.", "This person has asked for silence, or is on your do-not-call list."],
	key_reused: [
		"This Idempotency-Key was used for another request.",
		"This Idempotency-Key was used for another request.",
	],
	too_large: ["The body or file is too large.", "At most 64 KB"],
	wrong_type: ["The content type is not the one that is taken.", "Send JSON with content-type application/json"],
	rate_limited: ["Too many tries. Retry-After says how many seconds to wait.", "Too many tries. Wait a little."],
	carrier_refused: ["The carrier said no; nothing was spent.", "The carrier refused: invalid number"],
	carrier_unclear: ["The carrier did not answer clearly.", "The carrier did not answer clearly."],
	misconfigured: [
		"A setting of the installation is missing or wrong; the details name it.",
		"The installation's settings are not usable",
	],
	try_again: [
		"Something that is needed does not answer right now. See Retry-After.",
		"The database is busy. Try again in a moment.",
	],
};
const WAITS = new Set<FaultCode>(["rate_limited", "try_again"]);
const RETRY_AFTER = {
	"Retry-After": { description: "Seconds until it may work", schema: { type: "integer", minimum: 1 } },
};

/** CONTRACT's shape of every error. */
export const errorShape = {
	type: "object",
	required: ["error", "code", "details", "requestId"],
	properties: {
		error: { type: "string", description: "What went wrong, for a person" },
		code: {
			type: "string",
			description: "What went wrong, for a program",
			enum: [...Object.keys(CODES), "internal"],
		},
		details: {
			description: "The same in more words, or what is wrong with each input",
			oneOf: [
				{ type: "string" },
				{
					type: "array",
					items: {
						type: "object",
						required: ["path", "message"],
						properties: { path: { type: "string" }, message: { type: "string" } },
					},
				},
			],
		},
		requestId: { type: "string", description: "Quote it when you report a problem" },
	},
} as const;

/** The answers that operations share, made as they are first needed. */
export class Errors {
	readonly all: Json = {
		Failure: {
			description: "500 is a mistake of ours (`internal`), 503 says try again.",
			content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
		},
	};

	/** The answers of an operation that can fail in these ways, by their status. */
	of(codes: Iterable<FaultCode>): Json {
		const byStatus = Map.groupBy([...new Set(codes)].sort(), (code) => STATUS[code]);
		const entries = [...byStatus].map(([status, all]) => [String(status), { $ref: HERE + this.#named(all) }]);
		return { ...Object.fromEntries(entries), default: { $ref: `${HERE}Failure` } };
	}

	#named(codes: FaultCode[]): string {
		const name = codes.join("-or-");
		this.all[name] ??= {
			description: codes.map((code) => `\`${code}\`: ${CODES[code][0]}`).join(" "),
			...(codes.some((code) => WAITS.has(code)) ? { headers: RETRY_AFTER } : {}),
			content: {
				"application/json": {
					schema: { $ref: "#/components/schemas/Error" },
					examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
				},
			},
		};
		return name;
	}
}

const HERE = "#/components/responses/";

function exampleOf(code: FaultCode): Json {
	const [summary, error] = CODES[code];
	const [path = "", message = ""] = error.split(": ");
	const details = code === "invalid_input" ? [{ path, message }] : error;
	return { summary, value: { error, code, details, requestId: "01K9ZC3W4Q8Y7N5T2R1M6P0HXV" } };
}
