export interface Config {
  infraScaffolder?: {
    connect?: {
      /**
       * Links on the Connect tab of every environment, e.g. to dashboards in Grafana.
       * @deepVisibility frontend
       */
      links?: Array<{
        title: string;
        /**
         * May hold `{name}`, `{system}`, `{owner}`, `{size}`, `{region}`, `{accountId}` and `{cluster}`, the name of the
         * Kubernetes cluster; a link of which something is not known is left out.
         */
        url: string;
      }>;
    };
  };
}
