// Every file that ships, by its place below grafana/. Written by bin/boards.
local boards = [
  import 'imf-fleet.libsonnet',
  import 'imf-host.libsonnet',
  import 'imf-update-episodes.libsonnet',
  import 'imf-exporter.libsonnet',
];

// For import by hand: Grafana asks for what stands in __inputs.
local forImport(board) = board {
  __inputs: [
    {
      name: 'DS_PROMETHEUS',
      label: 'Prometheus',
      description: 'The Prometheus that scrapes imf-exporter',
      type: 'datasource',
      pluginId: 'prometheus',
      pluginName: 'Prometheus',
    },
    {
      name: 'VAR_EXPORTER',
      label: 'Exporter',
      description: 'Where a browser reaches imf-exporter',
      type: 'constant',
      value: 'http://localhost:10747',
    },
  ],
  __elements: {},
  __requires: [
    { type: 'grafana', id: 'grafana', name: 'Grafana', version: '12.0.0' },
    { type: 'datasource', id: 'prometheus', name: 'Prometheus', version: '1.0.0' },
  ],
  templating: {
    list: [
      if variable.name == 'datasource' then variable { current: { text: '${DS_PROMETHEUS}', value: '${DS_PROMETHEUS}' } }
      else if variable.name == 'exporter' then variable {
        query: '${VAR_EXPORTER}',
        current: { text: '${VAR_EXPORTER}', value: '${VAR_EXPORTER}' },
        options: [{ text: '${VAR_EXPORTER}', value: '${VAR_EXPORTER}', selected: true }],
      }
      else variable
      for variable in board.templating.list
    ],
  },
};

{ ['dashboards/' + board.uid + '.json']: board for board in boards }
+ { ['import/' + board.uid + '.json']: forImport(board) for board in boards }
