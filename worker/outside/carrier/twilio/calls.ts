import type * as z from "zod";
import { isOver } from "../../../pure/call-state";
import { retried } from "../callback-url";
import { type CallReport, type Carrier, CarrierRefusal, type PlaceCall } from "../carrier";
import { type Api, type Fields, isMissing } from "./api";
import { CallList, CallReply, Placed } from "./replies";

const NOT_IN_THIS_STATE = "21220";
/** The carrier tells the time of a call to the second only. */
const SECOND = 1000;

/** Calls: placing them, asking for them, sending them elsewhere, ending them. */
export function twilioCalls(
	api: Api,
): Pick<Carrier, "placeCall" | "findCalls" | "findLegs" | "findCall" | "endCall" | "redirectCall"> {
	const at = (ref: string) => `Calls/${encodeURIComponent(ref)}.json`;
	return {
		placeCall: async (request, deadline) => ({
			ref: (await api.post("Calls.json", formOf(request), Placed, deadline)).sid,
		}),
		async findCalls({ to, from, since }) {
			// Not asked by StartTime: a call that still waits in the carrier's queue has none and would be missing.
			const { calls } = await api.get("Calls.json", { To: to, From: from, PageSize: "100" }, CallList);
			return calls.filter((call) => (call.date_created ?? Infinity) + SECOND > since).map(reportOf);
		},
		async findLegs(ref) {
			const { calls } = await api.get("Calls.json", { ParentCallSid: ref, PageSize: "100" }, CallList);
			return calls.map(reportOf);
		},
		async findCall(ref) {
			try {
				return reportOf(await api.get(at(ref), {}, CallReply));
			} catch (error) {
				if (isMissing(error)) return null;
				throw error;
			}
		},
		async redirectCall(ref, url) {
			await api.post(at(ref), { Url: retried(url), Method: "POST" }, CallReply);
		},
		async endCall(ref) {
			try {
				await api.post(at(ref), { Status: "completed" }, CallReply);
			} catch (error) {
				const already = error instanceof CarrierRefusal && error.code === NOT_IN_THIS_STATE;
				if (!already) throw error;
			}
		},
	};
}

const DETECTION = { detect: "Enable", wait_for_beep: "DetectMessageEnd" } as const;

function formOf(call: PlaceCall): Fields {
	const { machineDetection = "off", machineDetectionUrl, sip } = call;
	return {
		To: call.to,
		From: call.from,
		Url: retried(call.answerUrl),
		Method: "POST",
		StatusCallback: retried(call.statusUrl),
		StatusCallbackMethod: "POST",
		// Once per value: joined by spaces, the carrier takes them for one unknown event and reports nothing.
		StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
		Timeout: String(call.ringSeconds),
		TimeLimit: String(call.maxSeconds),
		...(machineDetection === "off" ? {} : { MachineDetection: DETECTION[machineDetection] }),
		...(machineDetection !== "off" && machineDetectionUrl
			? {
					AsyncAmd: "true",
					AsyncAmdStatusCallback: retried(machineDetectionUrl),
					AsyncAmdStatusCallbackMethod: "POST",
				}
			: {}),
		...(sip ? { SipAuthUsername: sip.username, SipAuthPassword: sip.password } : {}),
	};
}

function reportOf({ sid, to, from, status, start_time, duration }: z.output<typeof CallReply>): CallReport {
	return { ref: sid, to, from, status, startedAt: start_time, durationSeconds: isOver(status) ? duration : null };
}
