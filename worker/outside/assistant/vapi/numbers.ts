import * as z from "zod";
import type { Settings } from "../../../env";
import { AssistantRefusal, type Assistants } from "../assistant";
import type { Api } from "./api";
import { type Door, serverOf } from "./spec";

const Made = z.object({ id: z.string().min(1) });
const Numbers = z.array(z.object({ id: z.string().min(1), number: z.string().nullish().catch(null) }));
const NAME_LENGTH = 40;
/** The provider's own host for calls by SIP. */
const SIP_HOST = "sip.vapi.ai";

type Lines = Pick<Assistants, "importNumber" | "findNumber" | "pointNumber" | "forgetNumber" | "openAddress">;
type Carrier = Pick<Settings, "TWILIO_ACCOUNT_SID" | "TWILIO_AUTH_TOKEN">;

/**
 * Lines at the provider. Importing one rewrites where the carrier sends its calls, and would its texts: `smsEnabled: false` keeps those.
 * Letting go deletes the import; the description of the API knows no empty assistantId, so there is nothing to set it to.
 */
export function vapiNumbers(
	api: Api,
	{ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token }: Carrier,
	door: Door,
): Lines {
	return {
		async importNumber({ e164, name, assistantRef }) {
			if (!sid || !token)
				throw new AssistantRefusal("other", "A simulated number cannot be answered by a real assistant");
			const { id } = await api.send(
				"POST",
				"/phone-number",
				{
					provider: "twilio",
					number: e164,
					twilioAccountSid: sid,
					twilioAuthToken: token,
					smsEnabled: false,
					name: name.slice(0, NAME_LENGTH),
					assistantId: assistantRef,
					server: serverOf(door),
				},
				Made,
			);
			return { ref: id };
		},
		async findNumber(e164) {
			const found = (await api.get("/phone-number?limit=1000", Numbers)).find(({ number }) => number === e164);
			return found ? { ref: found.id } : null;
		},
		async pointNumber(ref, assistantRef) {
			const body = { provider: "twilio", assistantId: assistantRef, smsEnabled: false, server: serverOf(door) };
			await api.send("PATCH", `/phone-number/${encodeURIComponent(ref)}`, body, Made);
		},
		forgetNumber: (ref) => api.delete(`/phone-number/${encodeURIComponent(ref)}`),
		async openAddress(assistantId, assistantRef) {
			const sipUri = `sip:${assistantId.toLowerCase().replace(/[^a-z0-9]/g, "-")}@${SIP_HOST}`;
			const body = { provider: "vapi", sipUri, name: assistantId, assistantId: assistantRef, server: serverOf(door) };
			await api.send("POST", "/phone-number", body, Made);
			return sipUri;
		},
	};
}
