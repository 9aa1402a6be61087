import type { ComponentType, VNode } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import { OFFLINE } from "../lib/refusal";
import { tellTrouble } from "../lib/toasts";

/** A part of a page that comes when it is first shown, so that pages which never show it do not carry it. */
export function later<Props extends object>(
	load: () => Promise<ComponentType<Props>>,
	meanwhile: VNode | null = null,
): ComponentType<Props> {
	let Part: ComponentType<Props> | undefined;
	return function Later(props: Props) {
		const [, redraw] = useReducer((count: number) => count + 1, 0);
		useEffect(() => {
			if (Part) return;
			load()
				.then((loaded) => {
					Part = loaded;
					redraw(undefined);
				})
				.catch(() => tellTrouble(OFFLINE));
		}, []);
		return Part ? <Part {...props} /> : meanwhile;
	};
}
