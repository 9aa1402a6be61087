import { LoopbackCall } from "./call.ts";
import { wait } from "./callbacks.ts";
import type { LoopbackCarrier } from "./carrier.ts";
import { type Shelf, shelfOf } from "./shelf.ts";

export interface Outcome {
	status: number;
	json: unknown;
}

interface Request {
	path: Record<string, string>;
	query: URLSearchParams;
	form: URLSearchParams;
}

type Operation = (carrier: LoopbackCarrier, request: Request) => Outcome;

export function refuse(status: number, code: number, message: string): Outcome {
	return { status, json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

const GONE = () => refuse(404, 20404, "The requested resource was not found");
const newSid = (prefix: string) => prefix + crypto.randomUUID().replaceAll("-", "");
const rfc2822 = (at: number | null) => (at === null ? null : new Date(at).toUTCString().replace("GMT", "+0000"));
const ABLE = { voice: true, sms: true, mms: true, fax: false };

/** What the loopback carrier plays, by the operation's name in Twilio's OpenAPI description. */
export const OPERATIONS: Record<string, Operation | undefined> = {
	ListAvailablePhoneNumberLocal: (carrier, request) => stock(carrier, request, "Local"),
	ListAvailablePhoneNumberMobile: (carrier, request) => stock(carrier, request, "Mobile"),
	ListAvailablePhoneNumberTollFree: (carrier, request) => stock(carrier, request, "TollFree"),

	CreateIncomingPhoneNumber(carrier, { form }) {
		const number = form.get("PhoneNumber") ?? "";
		if (carrier.lines.has(number) || number === "+15005550000") return refuse(400, 21422, `${number} is not available`);
		carrier.lines.set(number, { sid: newSid("PN"), form });
		return { status: 201, json: lineJson(carrier, number) };
	},
	ListIncomingPhoneNumber(carrier, { query }) {
		const wanted = query.get("PhoneNumber");
		const numbers = [...carrier.lines.keys()].filter((number) => wanted === null || number.includes(wanted));
		return { status: 200, json: { incoming_phone_numbers: numbers.map((number) => lineJson(carrier, number)) } };
	},
	DeleteIncomingPhoneNumber(carrier, { path }) {
		const [number] = [...carrier.lines].find(([, line]) => line.sid === path.Sid) ?? [];
		return number !== undefined && carrier.lines.delete(number) ? { status: 204, json: null } : GONE();
	},

	CreateCall(carrier, { form }) {
		if (!carrier.lines.has(form.get("From") ?? "")) return refuse(400, 21210, "The source number is not yours");
		if (carrier.live >= carrier.options.maxConcurrent) return refuse(429, 10004, "Call concurrency limit exceeded");
		const call = new LoopbackCall(newSid("CA"), form, carrier.options, carrier.callbacks);
		carrier.place(call);
		return { status: 201, json: callJson(carrier, call) };
	},
	ListCall(carrier, { query }) {
		const { To, From, ParentCallSid } = Object.fromEntries(query);
		const calls = [...carrier.calls.values()].filter(
			(call) => (!To || call.to === To) && (!From || call.from === From) && !ParentCallSid, // legs have no life of their own here
		);
		return { status: 200, json: { calls: calls.reverse().map((call) => callJson(carrier, call)) } };
	},
	FetchCall(carrier, { path }) {
		const call = carrier.calls.get(path.Sid ?? "");
		return call ? { status: 200, json: callJson(carrier, call) } : GONE();
	},
	UpdateCall(carrier, { path, form }) {
		const call = carrier.calls.get(path.Sid ?? "");
		if (!call) return GONE();
		if (call.isOver) return refuse(400, 21220, "Call is not in-progress. Cannot redirect.");
		if (form.has("Status")) void call.hangUp();
		else if (call.status !== "in-progress") return refuse(400, 21220, "Call is not in-progress. Cannot redirect.");
		else call.redirect(form.get("Url") ?? "");
		return { status: 200, json: callJson(carrier, call) };
	},

	CreateMessage(carrier, { form }) {
		const [to = "", from = ""] = [form.get("To") ?? "", form.get("From") ?? ""];
		if (!carrier.lines.has(from.replace("whatsapp:", ""))) return refuse(400, 21606, "The source number is not yours");
		if (carrier.optOuts.has(`${from} ${to}`)) return refuse(400, 21610, "Attempt to send to unsubscribed recipient");
		const sid = newSid(form.has("MediaUrl") ? "MM" : "SM");
		carrier.messages.set(sid, { sid, form, status: "queued", at: Date.now() });
		void report(carrier, sid);
		const segments = Math.max(1, Math.ceil((form.get("Body") ?? "").length / 153));
		return { status: 201, json: { sid, status: "queued", to, from, num_segments: String(segments) } };
	},
	ListMessage(carrier, { query }) {
		const { To, From } = Object.fromEntries(query);
		const since = Date.parse(query.get("DateSent>") ?? "") || 0;
		const listed = (direction: string) => (message: ReturnType<typeof carrier.messages.get> & object) => ({
			sid: message.sid,
			to: message.form.get("To"),
			from: message.form.get("From"),
			body: message.form.get("Body") ?? "",
			direction,
			status: message.status,
			num_segments: "1",
			num_media: String(message.form.getAll("MediaUrl").length),
			date_created: rfc2822(message.at),
			date_sent: rfc2822(message.at),
		});
		const messages = [
			...[...carrier.received.values()].map(listed("inbound")),
			...[...carrier.messages.values()].map(listed("outbound-api")),
		].filter(
			({ to, from, date_sent }) =>
				(!To || to === To) && (!From || from === From) && Date.parse(date_sent ?? "") >= since,
		);
		return { status: 200, json: { messages: messages.reverse(), next_page_uri: null } };
	},
	ListMedia: () => ({ status: 200, json: { media_list: [] } }),
};

async function report(carrier: LoopbackCarrier, sid: string): Promise<void> {
	const message = carrier.messages.get(sid);
	const url = message?.form.get("StatusCallback");
	for (const status of ["sent", "delivered"]) {
		await wait(1000 / carrier.options.speed);
		if (!message || !url) return;
		message.status = status;
		await carrier.callbacks.tell(url, {
			MessageSid: sid,
			SmsSid: sid,
			MessageStatus: status,
			SmsStatus: status,
			AccountSid: carrier.options.accountSid,
			To: message.form.get("To") ?? "",
			From: message.form.get("From") ?? "",
			ApiVersion: "2010-04-01",
		});
	}
}

function stock(carrier: LoopbackCarrier, { path, query }: Request, shelf: Shelf): Outcome {
	const country = path.CountryCode ?? "";
	const numbers = shelfOf(country, shelf, query.get("AreaCode"));
	if (!numbers) return GONE();
	const wanted = (query.get("Contains") ?? "").replace(/\D/g, "");
	const free = numbers.filter((number) => !carrier.lines.has(number) && number.includes(wanted));
	return {
		status: 200,
		json: {
			available_phone_numbers: free.slice(0, Number(query.get("PageSize") ?? 50)).map((number) => ({
				phone_number: number,
				friendly_name: number,
				iso_country: country,
				locality: "Loopback",
				region: "LO",
				capabilities: { voice: true, SMS: true, MMS: true, fax: false },
				beta: false,
			})),
		},
	};
}

function lineJson(carrier: LoopbackCarrier, number: string) {
	const line = carrier.lines.get(number);
	return {
		sid: line?.sid,
		phone_number: number,
		friendly_name: line?.form.get("FriendlyName") ?? number,
		capabilities: ABLE,
	};
}

function callJson({ options }: LoopbackCarrier, call: LoopbackCall) {
	return {
		sid: call.sid,
		account_sid: options.accountSid,
		to: call.to,
		from: call.from,
		status: call.status,
		direction: "outbound-api",
		date_created: rfc2822(call.createdAt),
		start_time: rfc2822(call.startedAt),
		duration: call.seconds === null ? null : String(call.seconds),
		answered_by: call.answeredBy,
	};
}
