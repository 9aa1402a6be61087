import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { session } from "../../lib/session";
import { DialPanel } from "./DialPanel";
import { IncomingCall } from "./IncomingCall";
import { phone } from "./lazy";
import { RunningCall } from "./RunningCall";
import { call, inCall, line } from "./state";

const DOCK = "3.25rem";

/** The phone under every page: it dials, rings, and goes on with its call whatever page is above it. */
export function CallDock() {
	const frame = useRef<HTMLElement>(null);
	const dialing = useSignal(false);
	useSignalEffect(() => {
		if (session.value) void phone().then(({ open }) => open());
		else if (session.value === null) void phone().then(({ shut }) => shut());
	});
	useEffect(() => {
		const root = document.documentElement;
		const grown = new ResizeObserver(() =>
			root.style.setProperty("--dock", `calc(${DOCK} + ${frame.current?.offsetHeight ?? 0}px)`),
		);
		if (frame.current) grown.observe(frame.current);
		const warn = (event: BeforeUnloadEvent) => {
			if (inCall.peek()) event.preventDefault();
		};
		addEventListener("beforeunload", warn);
		return () => {
			grown.disconnect();
			removeEventListener("beforeunload", warn);
		};
	}, []);
	const now = call.value;
	return (
		<section ref={frame} class="line border-b text-sm" aria-label="Phone" data-line={line}>
			{now?.state === "ringing" ? (
				<IncomingCall key={now.id} call={now} />
			) : now ? (
				<RunningCall key={now.id} call={now} />
			) : (
				<DialPanel open={dialing} />
			)}
		</section>
	);
}
