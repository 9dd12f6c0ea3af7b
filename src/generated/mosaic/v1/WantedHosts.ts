// Original file: proto/mosaic/v1/framework.proto


export interface WantedHosts {
  'shape'?: (string);
}

export interface WantedHosts__Output {
  'shape': (string);
}
