/** Where the carrier reports what happens on a line of ours. The rooms behind these doors are calls and messages. */
export function lineUrls(publicBaseUrl: string): { voice: string; voiceStatus: string; message: string } {
	const door = (path: string) => new URL(`/webhooks/twilio/${path}`, publicBaseUrl).href;
	return { voice: door("voice/incoming"), voiceStatus: door("voice/status"), message: door("messages/incoming") };
}
