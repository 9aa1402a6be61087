import type { LoopbackCarrier } from "./carrier.ts";

export interface Written {
	from: string;
	to: string;
	body: string;
}

const STOP = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "REVOKE", "OPTOUT", "CANCEL"]);

/** Somebody writes to a line. False when the carrier owns no such line. */
export async function receiveMessage(carrier: LoopbackCarrier, { from, to, body }: Written): Promise<boolean> {
	const url = carrier.lines.get(to)?.form.get("SmsUrl");
	if (!url) return false;
	const word = body.trim().toUpperCase();
	if (STOP.has(word)) carrier.optOuts.add(`${to} ${from}`);
	if (word === "START") carrier.optOuts.delete(`${to} ${from}`);
	const sid = `SM${crypto.randomUUID().replaceAll("-", "")}`;
	const form = new URLSearchParams({ From: from, To: to, Body: body });
	carrier.received.set(sid, { sid, form, status: "received", at: Date.now() });
	await carrier.callbacks.ask(url, {
		MessageSid: sid,
		SmsSid: sid,
		SmsMessageSid: sid,
		AccountSid: carrier.options.accountSid,
		From: from,
		To: to,
		Body: body,
		NumMedia: "0",
		NumSegments: "1",
		ApiVersion: "2010-04-01",
	});
	return true;
}
