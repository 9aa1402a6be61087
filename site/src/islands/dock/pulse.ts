import { PING, PING_MS, PONG } from "../../../../worker/signaling/protocol";

const SILENT_MS = 8_000;

/** Pings a socket from now on, since it can be dead for minutes before the browser notices. Gives the way to stop. */
export function pulse(socket: WebSocket, onPong: (roundTripMs: number) => void, onSilent: () => void): () => void {
	let [heardAt, pingedAt] = [Date.now(), 0];
	const hear = ({ data }: MessageEvent) => {
		heardAt = Date.now();
		if (data === PONG) onPong(Math.round(performance.now() - pingedAt));
	};
	let late: ReturnType<typeof setTimeout> | undefined;
	const ping = () => {
		const sentAt = Date.now();
		pingedAt = performance.now();
		if (socket.readyState === WebSocket.OPEN) socket.send(PING);
		clearTimeout(late);
		late = setTimeout(() => heardAt < sentAt && onSilent(), SILENT_MS);
	};
	socket.addEventListener("message", hear);
	const timer = setInterval(ping, PING_MS);
	ping();
	return () => {
		socket.removeEventListener("message", hear);
		clearInterval(timer);
		clearTimeout(late);
	};
}
