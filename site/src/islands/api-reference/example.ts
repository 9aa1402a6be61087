import type { Operation } from "./document";

/** A body to begin with. */
export function exampleBody({ body }: Operation): string {
	return body && body.type === "application/json" ? JSON.stringify(body.example, null, 2) : "";
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

/** A line for a shell that does the same. The key stays in the shell's own variable, so that it is in no history. */
export function curlOf(operation: Operation, address: string, body: string): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
	const { method, body: sent } = operation;
	const lines = [
		`curl -s${method === "GET" ? "" : ` -X ${method}`} ${quoted(location.origin + address)}`,
		'-H "authorization: Bearer $TRUNKLINE_KEY"',
	];
	if (takesKey(operation)) lines.push('-H "idempotency-key: $(openssl rand -hex 16)"');
	if (takesFile(operation)) lines.push("-F 'file=@FILE'");
	else if (sent) lines.push(`-H 'content-type: ${sent.type}'`, `-d ${quoted(body)}`);
	return lines.join(" \\\n  ");
}

/** Whether the same key makes it happen once, however often it is sent. */
export const takesKey = ({ parameters }: Operation) => parameters.some(({ name }) => name === "Idempotency-Key");
