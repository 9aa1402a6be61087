/** Wakes one who waits. Ringing where nobody waits is not remembered: whoever comes to wait looks first. */
export class Bell {
	#heard: () => void = () => {};

	ring(): void {
		this.#heard();
	}

	/** Waits until there is something to get up for, which is asked at once and at each ring; false when there was not within `most` milliseconds. */
	until(isWorthIt: () => boolean, most: number): Promise<boolean> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(false), most);
			this.#heard = () => {
				if (!isWorthIt()) return;
				clearTimeout(timer);
				resolve(true);
			};
			this.#heard();
		});
	}
}
