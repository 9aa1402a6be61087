import type { Operation } from "./document";

/** A body to begin with. */
export function exampleBody({ body }: Operation): string {
	return body && body.type === "application/json" ? JSON.stringify(body.example, null, 2) : "";
}

/** What an example's address has: the parts that it cannot go without, as they are named. */
export function barePath(operation: Operation): string {
	const needed = operation.parameters.filter(({ in: place, required }) => place === "query" && required);
	const query = needed.map(({ name }) => `${name}={${name}}`).join("&");
	return query ? `${operation.path}?${query}` : operation.path;
}

/** The path with its parts filled in and the query behind it. Parts that are not known yet stay as they are named. */
export function addressOf({ path, parameters }: Operation, values: Record<string, string>): string {
	const query = new URLSearchParams();
	for (const { name, in: place } of parameters) if (place === "query" && values[name]) query.append(name, values[name]);
	const filled = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
		values[name] ? encodeURIComponent(values[name]) : whole,
	);
	return query.size > 0 ? `${filled}?${query}` : filled;
}

export const takesFile = ({ body }: Operation) => body?.type === "multipart/form-data";

/**
 * A line for a shell that does the same, with `origin` as the shell reads it in double quotes: an address, or `$HOST`. The key stays in
 * a variable of the shell, so that it is in no history.
 */
export function curlOf(operation: Operation, origin: string, address: string, body: string): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
	const { method, body: sent, open, scopes } = operation;
	const lines = [`curl -s${method === "GET" ? "" : ` -X ${method}`} "${origin}${address}"`];
	if (!open) lines.push(`-H "authorization: Bearer ${scopes.length > 0 ? "$KEY" : "$TOKEN"}"`);
	if (takesKey(operation)) lines.push('-H "idempotency-key: $(openssl rand -hex 16)"');
	if (takesFile(operation)) lines.push("-F 'file=@FILE'");
	else if (sent) lines.push(`-H 'content-type: ${sent.type}'`, `-d ${quoted(body)}`);
	return lines.join(" \\\n  ");
}

/** Whether the same key makes it happen once, however often it is sent. */
export const takesKey = ({ parameters }: Operation) => parameters.some(({ name }) => name === "Idempotency-Key");
