import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { session } from "../../lib/session";
import { panels, phone } from "./lazy";
import { call, inCall, line, overCarrier } from "./state";

/** The phone under every page: it dials, rings, and goes on with its call whatever page is above it. */
export function CallDock() {
	const frame = useRef<HTMLElement>(null);
	const dialing = useSignal(false);
	const shown = useSignal<Awaited<ReturnType<typeof panels>> | null>(null);
	useSignalEffect(() => {
		if (!session.value) return;
		void panels().then((loaded) => {
			shown.value = loaded;
		});
	});
	useSignalEffect(() => {
		// Which of the two phones it is may turn out only when the first of them asks.
		if (session.value) void phone(overCarrier.value).then(({ open }) => open());
		else if (session.value === null) void phone().then(({ shut }) => shut());
	});
	useEffect(() => {
		const root = document.documentElement;
		// The dock takes as much room as it needs, and the page above it keeps clear of that.
		const row = frame.current?.closest<HTMLElement>(".dock-row");
		const grown = new ResizeObserver(() => root.style.setProperty("--dock", `${row?.offsetHeight ?? 0}px`));
		if (row) grown.observe(row);
		const warn = (event: BeforeUnloadEvent) => {
			if (inCall.peek()) event.preventDefault();
		};
		addEventListener("beforeunload", warn);
		// F6 goes from the page to the phone and back, as between the parts of a window.
		const part = (event: KeyboardEvent) => {
			if (event.key !== "F6") return;
			const inside = frame.current?.contains(document.activeElement);
			const goal = inside ? document.querySelector<HTMLElement>("main") : frame.current?.querySelector("button");
			event.preventDefault();
			goal?.focus();
		};
		addEventListener("keydown", part);
		return () => {
			grown.disconnect();
			removeEventListener("beforeunload", warn);
			removeEventListener("keydown", part);
		};
	}, []);
	const now = call.value;
	const panel = shown.value;
	return (
		<section
			ref={frame}
			class="dock-phone max-h-[calc(100dvh-7rem)] overflow-y-auto overscroll-contain px-1"
			aria-label="Phone"
			data-line={line}
			data-busy={now || dialing.value ? "" : undefined}
		>
			{panel && now?.state === "ringing" && <panel.IncomingCall key={now.id} call={now} />}
			{panel && now && now.state !== "ringing" && <panel.RunningCall key={now.id} call={now} />}
			{panel && !now && <panel.DialPanel open={dialing} />}
		</section>
	);
}
