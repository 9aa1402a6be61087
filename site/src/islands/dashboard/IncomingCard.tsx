import { State } from "../../kit/State";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import { ago } from "../../lib/words";
import { useMoving } from "../calls/live";
import { lookOf, otherEnd } from "../calls/words";
import { LatestCard, SHOWN } from "./LatestCard";

/** Who called last, and what became of it. */
export function IncomingCard() {
	const calls = useRead({
		key: ["calls", "incoming"],
		read: async () => (await said(api.calls.$get({ query: { direction: "inbound", limit: String(SHOWN) } }))).items,
	});
	useMoving("call", "calls");
	return (
		<LatestCard
			title="Who called"
			all={{ href: "/calls", word: "All calls" }}
			items={calls}
			what="calls"
			none={
				<>
					<span class="block">Nobody yet.</span> Whoever calls one of{" "}
					<a class="link" href="/numbers">
						your numbers
					</a>{" "}
					rings at this desk, and can leave a message.
				</>
			}
			hrefOf={({ id }) => `/calls?id=${encodeURIComponent(id)}`}
		>
			{(call) => (
				<>
					<span class="min-w-0 flex-1">
						<bdi class="block truncate font-medium">{otherEnd(call).name}</bdi>
						<time class="text-muted block text-xs" dateTime={call.startedAt}>
							{ago(call.startedAt)}
						</time>
					</span>
					<State {...lookOf(call)} />
				</>
			)}
		</LatestCard>
	);
}
