import { type Operation, referenceOf } from "../../lib/reference/document";
import { OFFLINE, refusalFrom } from "../../lib/refusal";

let reading: Promise<Map<string, Operation>> | undefined;

/** An operation as the API tells it now. The document is read once for all that is tried on a page; what failed is read again. */
export async function readOperation(id: string): Promise<Operation | undefined> {
	reading ??= readAll();
	const all = await reading.catch((error) => {
		reading = undefined;
		throw error;
	});
	return all.get(id);
}

async function readAll(): Promise<Map<string, Operation>> {
	const reply = await fetch("/api/openapi.json").catch(() => {
		throw OFFLINE;
	});
	if (!reply.ok) throw await refusalFrom(reply);
	const { areas } = referenceOf(await reply.json());
	return new Map(areas.flatMap(({ operations }) => operations.map((operation) => [operation.id, operation])));
}
