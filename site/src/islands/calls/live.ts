import { useRef } from "preact/hooks";
import { changed } from "../../lib/cache";
import { useLive } from "../../lib/live";

const GATHER_MS = 400;

/** Reads these keys again when calls move; many moves within a moment are one. */
export function useMoving(type: string, ...keys: string[]): void {
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useLive(type, () => {
		timer.current ??= setTimeout(() => {
			timer.current = undefined;
			void changed(...keys);
		}, GATHER_MS);
	});
}
