import type { Env, Settings } from "../../../env";
import { type Carrier, CarrierBusy, CarrierRefusal, CarrierUnclear, type Line } from "../carrier";
import { verify } from "../twilio/signature";
import { pictureAt } from "./pictures";
import type { Reply } from "./reply";
import { toneOf } from "./tapes";
import { tokenFrom } from "./token";

type Ref = { ref: string };

/** All of the installation's pretend calls meet in one object. */
const NAME = "exchange";

/** The carrier of an installation without one: numbers, calls and messages that only look and behave real. */
export function simulatedCarrier(env: Env, { MEDIA_SECRET, PUBLIC_BASE_URL }: Settings): Carrier {
	const exchange = () => env.SIMULATED_EXCHANGE.getByName(NAME);
	return {
		name: "simulated",
		search: (query) => clearly(exchange().search(query)),
		buyLine: async (request) => unwrapped(await clearly<Reply<Line>>(exchange().buyLine(request))),
		findLine: (e164) => clearly(exchange().findLine(e164)),
		releaseLine: (ref) => clearly(exchange().releaseLine(ref)),
		listLines: () => clearly(exchange().listLines()),
		adoptLine: async (request) => unwrapped(await clearly<Reply<Line>>(exchange().adoptLine(request))),
		detachLine: (ref, before) => clearly(exchange().detachLine(ref, before)),
		placeCall: async (request) => unwrapped(await clearly<Reply<Ref>>(exchange().placeCall(request))),
		findCalls: (query) => clearly(exchange().findCalls(query)),
		// Nobody pretended hands a call on past us.
		findLegs: async () => [],
		findCall: (ref) => clearly(exchange().findCall(ref)),
		async endCall(ref) {
			unwrapped(await clearly<Reply<null>>(exchange().endCall(ref)));
		},
		async redirectCall(ref, url) {
			unwrapped(await clearly<Reply<null>>(exchange().redirectCall(ref, url)));
		},
		async fetchRecording(ref) {
			const seconds = await clearly(exchange().tapeSeconds(ref));
			return seconds === null ? null : { bytes: toneOf(seconds), mediaType: "audio/wav" };
		},
		dropRecording: (ref) => clearly(exchange().dropTape(ref)),
		sendMessage: async (request) =>
			unwrapped(await clearly<Reply<Ref & { segments: number }>>(exchange().sendMessage(request))),
		findMessages: (query) => clearly(exchange().findMessages(query)),
		receivedMessages: ({ since }) => clearly(exchange().receivedMessages(since)),
		answersHelp: false,
		async listMedia(messageRef) {
			const urls = await clearly(exchange().mediaUrlsOf(messageRef));
			return urls.map((_, n) => ({ ref: String(n), mediaType: "image/png" }));
		},
		async fetchMedia(messageRef, mediaRef) {
			const urls = await clearly(exchange().mediaUrlsOf(messageRef));
			return pictureAt(PUBLIC_BASE_URL, urls[Number(mediaRef)] ?? "");
		},
		isFromCarrier: async ({ publicUrl: url, form, rawBody, signature }) =>
			verify([tokenFrom(MEDIA_SECRET)], { url, form, rawBody, signature }),
	};
}

/** An object that went down while it was asked may have done it or not, like any other carrier. */
async function clearly<Value>(answer: Promise<Value>): Promise<Value> {
	try {
		return await answer;
	} catch (cause) {
		throw new CarrierUnclear("The simulated exchange did not answer", { cause });
	}
}

function unwrapped<Value>(reply: Reply<Value>): Value {
	if (reply.kind === "done") return reply.value;
	if (reply.kind === "busy") throw new CarrierBusy(1, reply.message);
	throw new CarrierRefusal(reply.reason, reply.code, reply.message);
}
