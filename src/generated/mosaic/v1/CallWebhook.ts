// Original file: proto/mosaic/v1/operator.proto


export interface CallWebhook {
  'url'?: (string);
}

export interface CallWebhook__Output {
  'url': (string);
}
