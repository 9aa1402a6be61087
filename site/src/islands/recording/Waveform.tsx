import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { peaksOf } from "./peaks";

interface Props {
	url: string;
	/** How much of it was played, 0 to 1. */
	part: number;
	onSeek: (part: number) => void;
}

/** Where somebody speaks. Only to look at: the slider below it does the seeking, a press here is the shorter way. */
export function Waveform({ url, part, onSeek }: Props) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const peaks = useSignal<number[] | null>(null);
	const broken = useSignal(false);
	const first = useRef(url);
	useEffect(() => {
		peaksOf(first.current)
			.then((found) => {
				peaks.value = found;
			})
			.catch(() => {
				broken.value = true;
			});
	}, []);
	useEffect(() => {
		if (canvas.current && peaks.value) draw(canvas.current, peaks.value, part);
	}, [peaks.value, part]);
	if (broken.value) return null;
	return (
		<div aria-hidden="true">
			<canvas
				ref={canvas}
				class={`text-primary h-16 w-full cursor-pointer ${peaks.value ? "" : "skel"}`}
				onPointerDown={(event) => onSeek(event.offsetX / event.currentTarget.clientWidth)}
			/>
		</div>
	);
}

function draw(canvas: HTMLCanvasElement, peaks: number[], part: number): void {
	const scale = devicePixelRatio || 1;
	const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale];
	if (canvas.width !== width) canvas.width = width;
	if (canvas.height !== height) canvas.height = height;
	const pen = canvas.getContext("2d");
	if (!pen) return;
	pen.clearRect(0, 0, width, height);
	pen.fillStyle = getComputedStyle(canvas).color;
	const step = width / peaks.length;
	for (const [at, peak] of peaks.entries()) {
		pen.globalAlpha = at / peaks.length < part ? 1 : 0.35;
		const tall = Math.max(2 * scale, peak * height);
		pen.fillRect(at * step, (height - tall) / 2, Math.max(1, step * 0.65), tall);
	}
}
