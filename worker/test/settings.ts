/** Settings of the test house: every one that matters is named here, so nothing of the machine leaks in. */
export const testSettings = {
	ENVIRONMENT: "test",
	PUBLIC_BASE_URL: "https://trunkline.test",
	JWT_SECRET: "test-jwt-secret-of-more-than-32-bytes-in-length",
	MEDIA_SECRET: "test-media-secret-of-more-than-32-bytes-in-length",
	ENCRYPTION_KEYS: '{"1":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}',
	ADMIN_EMAILS: "admin@trunkline.test",
	CALLS_PER_SECOND: "1000",
	MAX_CONCURRENT_CALLS: "1000",
	SIMULATION_SPEED: "1000",
	RATE_LIMIT_SCALE: "1000",
};
