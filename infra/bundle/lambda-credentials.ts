/**
 * Takes the place of the SDK's credential provider in the bundles. That one looks in a dozen places, which is 100 KB of
 * code; a Lambda has its role's credentials in its environment and nowhere else.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});
