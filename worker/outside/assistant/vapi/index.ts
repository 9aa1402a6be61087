import * as z from "zod";
import type { Settings } from "../../../env";
import type { Assistants } from "../assistant";
import { isMissing, vapiApi } from "./api";
import { Call, eventOf, reportOf, wordsOf } from "./events";
import { vapiNumbers } from "./numbers";
import { fetchRecording } from "./recording";
import { isSigned } from "./signed";
import { assistantBody, type Door } from "./spec";

const Made = z.object({ id: z.string().min(1) });
const Metadata = z.object({ trunklineId: z.string().nullish() }).nullish().catch(null);
const Listed = z.array(z.object({ id: z.string().min(1), metadata: Metadata }));
const Calls = z.array(Call);
/** The provider's clock and ours need not agree. */
const SLACK_MS = 10 * 60_000;
const MOST = 1000;

/** The real provider of assistants. */
export function vapiAssistants(settings: Settings, key: string): Assistants {
	const { VAPI_API_BASE_URL: baseUrl, VAPI_WEBHOOK_SECRET: secrets = "" } = settings;
	const api = vapiApi(baseUrl, key);
	const door: Door = {
		url: new URL("/webhooks/vapi", settings.PUBLIC_BASE_URL).href,
		secret: secrets.split(",")[0]?.trim() ?? "",
	};
	const since = (moment: number) => encodeURIComponent(new Date(moment - SLACK_MS).toISOString());
	return {
		name: "vapi",
		...vapiNumbers(api, settings, door),
		async create(assistantId, spec) {
			const { id } = await api.send("POST", "/assistant", assistantBody(assistantId, spec, door), Made);
			return { ref: id };
		},
		async update(ref, assistantId, spec) {
			const path = `/assistant/${encodeURIComponent(ref)}`;
			await api.send("PATCH", path, assistantBody(assistantId, spec, door), Made);
		},
		remove: (ref) => api.delete(`/assistant/${encodeURIComponent(ref)}`),
		async find(assistantId, createdAt) {
			const listed = await api.get(`/assistant?limit=${MOST}&createdAtGe=${since(createdAt)}`, Listed);
			const found = listed.find(({ metadata }) => metadata?.trunklineId === assistantId);
			return found ? { ref: found.id } : null;
		},
		async findCall({ ref }) {
			try {
				const call = await api.get(`/call/${encodeURIComponent(ref)}`, Call);
				return call.status === "ended" ? reportOf(call) : null;
			} catch (error) {
				if (isMissing(error)) return null;
				throw error;
			}
		},
		async callsSince(moment) {
			const calls = await api.get(`/call?limit=${MOST}&createdAtGe=${since(moment)}`, Calls);
			return calls.filter(({ status }) => status === "ended").map(reportOf);
		},
		recordingOf: ({ ref }) => fetchRecording(api, baseUrl, ref),
		forgetCall: (callRef) => api.delete(`/call/${encodeURIComponent(callRef)}`, {}),
		isGenuine: (sent) => isSigned(secrets, sent),
		readEvent: eventOf,
		replyTo: wordsOf,
	};
}
