// Original file: proto/mosaic/v1/operator.proto


export interface RunContainer {
  'name'?: (string);
  'image'?: (string);
  'command'?: (string)[];
  'env'?: ({[key: string]: string});
  'privileged'?: (boolean);
}

export interface RunContainer__Output {
  'name': (string);
  'image': (string);
  'command': (string)[];
  'env': ({[key: string]: string});
  'privileged': (boolean);
}
