import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** The way to the mails of a machine that sends none. Elsewhere it is not there. */
export function OutboxLink() {
	const isThere = useSignal(false);
	useEffect(() => {
		fetch("/api/debug/outbox?limit=1")
			.then((reply) => {
				isThere.value = reply.ok;
			})
			.catch(() => {});
	}, []);
	if (!isThere.value) return null;
	return (
		<a class="link" href="/outbox">
			This machine sends no mail: read it in the outbox
		</a>
	);
}
