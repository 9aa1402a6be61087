import { env } from "cloudflare:workers";
import { app } from "../app";
import { openApiOf } from "../openapi/document";
import type { Exchange } from "./contracts/witness";

let told: Promise<unknown> | null = null;

/** The same answer, after it was held against what the API says of itself. Throws when they differ, so every test is one of the document too. */
export async function asDocumented(path: string, init: RequestInit, reply: Response): Promise<Response> {
	told ??= ask("/document", openApiOf(app.routes));
	await told;
	const type = reply.headers.get("content-type");
	const exchange: Exchange = {
		method: init.method ?? "GET",
		path: path.split("?")[0] ?? "",
		sent: typeof init.body === "string" ? init.body : null,
		status: reply.status,
		type: reply.status >= 300 && reply.status < 400 ? null : type,
		text: isShort(reply) && type?.startsWith("application/json") ? await reply.clone().text() : null,
	};
	const complaint = await ask("/exchange", exchange);
	if (complaint) throw new Error(complaint);
	return reply;
}

/** No file to be downloaded, and no redirect, which nobody reads. */
const isShort = ({ status, headers }: Response) =>
	!headers.has("content-disposition") && (status < 300 || status >= 400);

async function ask(path: string, body: unknown): Promise<string> {
	const reply = await env.WITNESS.fetch(`https://witness${path}`, { method: "POST", body: JSON.stringify(body) });
	return reply.text();
}
