import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Price } from '../engine/types';

const GET_PRODUCTS = 'AWSPriceListService.GetProducts';
/** As small as pages can be, so that every answer needs several. */
const PAGE = 1;

interface Question {
  ServiceCode: string;
  Filters: Array<{ Type: string; Field: string; Value: string }>;
  NextToken?: string;
}

/** A product as AWS tells it: ranges of quantities, of which the first may be free. */
function productText(price: Price, usd: string): string {
  const dimension = (from: string, amount: string) => ({
    unit: price.unit,
    beginRange: from,
    endRange: 'Inf',
    pricePerUnit: { USD: amount },
  });
  return JSON.stringify({
    product: {
      attributes: {
        usagetype: price.usageType,
        operation: price.operation ?? '',
        regionCode: price.region,
      },
    },
    serviceCode: price.serviceCode,
    terms: {
      OnDemand: {
        'SKU.TERM': {
          priceDimensions: {
            'SKU.TERM.FREE': dimension('0', '0.0000000000'),
            'SKU.TERM.DEARER': dimension('1', usd),
            'SKU.TERM.CHEAPER': dimension('1000000', '0.0000000001'),
          },
        },
      },
      Reserved: {},
    },
  });
}

/**
 * AWS Price List's `GetProducts` over HTTP, in AWS's JSON 1.1: a product a page, an empty page before the first. It
 * knows the prices that it is given, at what `sells` says of them.
 */
export class PriceListServer {
  readonly #server: Server;
  readonly #prices: Price[];
  /** What is asked for a price, decimal text; several are as many products, none is a product that there is not. */
  sells: (price: Price) => string[] = price => [price.usd];
  /** Questions with the next page's token, and without. */
  asked = { firstPages: 0, nextPages: 0 };
  isDown = false;

  static async start(prices: Price[]): Promise<PriceListServer> {
    const server = new PriceListServer(prices);
    await new Promise<void>(resolve =>
      server.#server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  private constructor(prices: Price[]) {
    this.#prices = prices;
    this.#server = createServer(async (request, response) => {
      const { status, body } = await this.#answer(request);
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(resolve => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage) {
    const question = (await json(request)) as Question;
    if (request.headers['x-amz-target'] !== GET_PRODUCTS) {
      return { status: 400, body: { __type: 'UnknownOperationException' } };
    }
    this.asked[question.NextToken ? 'nextPages' : 'firstPages'] += 1;
    if (this.isDown) {
      return {
        status: 400,
        body: {
          __type: 'AccessDeniedException',
          message: 'not authorized to perform: pricing:GetProducts',
        },
      };
    }
    const products = this.#found(question).flatMap(price =>
      this.sells(price).map(usd => productText(price, usd)),
    );
    const from = Number(question.NextToken ?? '0');
    const page = from === 0 ? [] : products.slice(from - PAGE, from);
    return {
      status: 200,
      body: {
        FormatVersion: 'aws_v1',
        PriceList: page,
        ...(from < products.length && { NextToken: String(from + PAGE) }),
      },
    };
  }

  #found({ ServiceCode, Filters }: Question): Price[] {
    const wanted = (field: string) =>
      Filters.find(
        ({ Type, Field }) => Type === 'TERM_MATCH' && Field === field,
      )?.Value;
    return this.#prices.filter(
      price =>
        price.serviceCode === ServiceCode &&
        price.usageType === wanted('usagetype') &&
        (!wanted('operation') || price.operation === wanted('operation')) &&
        (price.region === 'global' || price.region === wanted('regionCode')),
    );
  }
}
