import { api, said } from "../../lib/api";

const ask = () => said(api.calls.token.$get());
type Way = Awaited<ReturnType<typeof ask>>;
let handed: Way | null = null;

/** Which way this browser's calls go now, and what it needs for that: each answer is good for one phone, once. */
export async function askWay(): Promise<Way> {
	const way = handed;
	handed = null;
	return way ?? ask();
}

/** The one who asked is not the phone that this answer is for. */
export function handOver(way: Way): void {
	handed = way;
}
