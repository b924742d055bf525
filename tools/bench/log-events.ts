/** Bytes that CloudWatch Logs adds to each event it is given: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutLogEvents.html */
export const logEventOverhead = 26;
