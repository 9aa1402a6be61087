import { useEffect, useState } from "preact/hooks";

/**
 * False until the page's script has taken over from its HTML. A form that could be sent before that would put what was typed,
 * a password too, into the address.
 */
export function useAwake(): boolean {
	const [awake, wake] = useState(false);
	useEffect(() => wake(true), []);
	return awake;
}
